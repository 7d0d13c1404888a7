-- What OpenDKIM's miltertest, which speaks as Sendmail does, says to the milter.
-- PORT, VERSION and STEPS are set in front of this; STEPS nil means all that it knows.
local function sure(ok, what)
  if not ok then
    error(what)
  end
end

conn = mt.connect("inet:" .. PORT .. "@127.0.0.1")
sure(conn ~= nil, "no connection")
sure(mt.negotiate(conn, VERSION, 0x3f, STEPS) == nil, "no negotiation")
sure(mt.test_action(conn, SMFIF_QUARANTINE), "quarantine was not asked for")

for round = 1, 3 do
  if round == 1 then
    mt.macro(conn, SMFIC_CONNECT, "j", "mx.corp.example")
    sure(mt.conninfo(conn, "client.example", "192.0.2.50") == nil, "connection")
    sure(mt.helo(conn, "mail.partner.example") == nil, "HELO")
  end
  mt.macro(conn, SMFIC_MAIL, "i", "queue-id-" .. round)
  sure(mt.mailfrom(conn, "<ben@partner.example>", "SIZE=200") == nil, "MAIL")
  sure(mt.rcptto(conn, "<ap@corp.example>") == nil, "RCPT")
  sure(mt.header(conn, "From", "ben@partner.example") == nil, "From")
  sure(mt.header(conn, "Authentication-Results", "mx.corp.example; spf=pass") == nil, "results")
  sure(mt.header(conn, "Subject", "round " .. round) == nil, "Subject")
  sure(mt.eoh(conn) == nil, "end of header")
  sure(mt.bodystring(conn, "hello\r\n") == nil, "body")
  sure(mt.bodystring(conn, "world\r\n") == nil, "body")
  sure(mt.eom(conn) == nil, "end of message")
  if round == 1 then
    sure(mt.getreply(conn) == SMFIR_CONTINUE, "a pass is continued")
    sure(mt.eom_check(conn, MT_HDRDELETE, "Authentication-Results"), "forged results stay")
    sure(mt.eom_check(conn, MT_HDRINSERT, "Authentication-Results"), "no results on top")
    sure(not mt.eom_check(conn, MT_QUARANTINE), "a pass is held")
  elseif round == 2 then
    sure(mt.getreply(conn) == SMFIR_CONTINUE, "a hold is continued")
    sure(mt.eom_check(conn, MT_QUARANTINE, "held for approval as PN-7F3K-2QXD"), "not held")
    sure(mt.eom_check(conn, MT_HDRINSERT, "X-Postern-Case"), "no case in the header")
  else
    sure(mt.getreply(conn) == SMFIR_REPLYCODE, "no reply code")
  end
end
mt.disconnect(conn)
