"""What single cases show becomes steering: reports, findings that were bundled, the network of all chains."""
