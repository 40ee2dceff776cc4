"""The helpline: where a person answers when the machine does not, and the doors by which people call.

A conversation with the assistant is handed to an officer, with as much of it as its owner agreed to; the 1022 desk,
where an officer types or dictates what a caller says and reads out what the assistant knows; a chat channel. It
answers nothing by itself: what is said of procedures comes from `assistant`, which also keeps the words.
"""
