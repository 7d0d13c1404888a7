-- Retention (docs/operating.md, "How long rows stay"): when the octets of a message were removed,
-- and what finds the rows whose time has come without looking at the others.
ALTER TABLE case_file ADD COLUMN IF NOT EXISTS octets_removed_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX IF NOT EXISTS case_file_octets ON case_file (state, octets_removed_at, changed_at);
CREATE INDEX IF NOT EXISTS case_file_ended ON case_file (state, changed_at);
CREATE INDEX IF NOT EXISTS inbox_received ON inbox (received_at);

-- To remove a row, the database looks for rows that refer to it. H2 makes an index for that by itself.
${foreign}CREATE INDEX IF NOT EXISTS token_case ON token (case_id);
${foreign}CREATE INDEX IF NOT EXISTS token_card ON token (card_id);
${foreign}CREATE INDEX IF NOT EXISTS vote_case ON vote (case_id);
