package dev.postern.evidence;

/** The record types that evidence asks for. */
public enum DnsType {
  A,
  AAAA,
  CNAME,
  MX,
  PTR,
  /** Type 99. No evaluation asks for it (RFC 7208 §3.1); a domain's owner is told to remove it. */
  SPF,
  TXT
}
