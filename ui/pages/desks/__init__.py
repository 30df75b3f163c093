"""Arbeitsplätze: who is enrolled at the Kreis, what each last sent, and enrolling another one."""
