"""Rehearsed imports: files kept aside, read by a process of their own, then published or dropped."""

from layers.drafts.draft import Draft, Drafts, UnknownDraft

__all__ = ["Draft", "Drafts", "UnknownDraft"]
