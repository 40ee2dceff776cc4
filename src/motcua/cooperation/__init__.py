"""Cooperation: what other agencies do for a dossier, each with its role, limit, papers and answer.

Two kinds of one thing: the parts of an interlinked procedure (một cửa liên thông), declared in its pack and opened with
the transfer, and consultation (lấy ý kiến), asked by an officer in process. Who was asked sees the task and what was
handed to her with it, never the dossier. Not here: the dossier itself, its due date, its result (`dossiers`).
"""
