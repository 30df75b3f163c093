"""What must survive: killed processes, power cuts, full and failing disks, flipped bits."""
