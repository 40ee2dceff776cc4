"""Portal: what citizens and businesses see. Find a procedure, declare, hand in papers, follow, supplement, rate.

A face: it gathers catalogue, agencies, files, notices and dossiers into pages and owns no rule of its own. Here too
is the page on which a helper files for somebody else. Not here: the officers' desk (counter), figures (operations).
"""
