"""Logging in by 企业微信 (WeCom): a code to scan, shown by WeCom's own page, and a question to its interface."""
