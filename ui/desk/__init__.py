"""What lives as long as a vault is open: context of pages, locking, backups, copies of scans."""
