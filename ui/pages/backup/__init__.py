"""Sicherung: the last good backup, where backups go, which there are, and the way back from one."""
