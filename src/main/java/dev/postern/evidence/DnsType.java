package dev.postern.evidence;

/** The record types that evidence asks for. Type SPF (99) is not among them: RFC 7208 §3.1. */
public enum DnsType {
  A,
  AAAA,
  CNAME,
  MX,
  PTR,
  TXT
}
