"""Precheck: a filled declaration and its papers looked over before they are handed in.

What is missing, cannot be read, has expired, differs between form and papers, is another paper than the one asked for,
or goes to an office that does not decide it. It says what it saw and where; a person may hand in all the same where no
rule forbids. Not here: what the law asks for (`catalogue`, `dossiers`), what the city holds (`registers`), how a page
is read (`digitising`), what officers ask for later (`dossiers`).
"""
