-- Who wrote before: the From domain of each hold, in A-labels; empty where From names none.
-- Holds from before this column are not looked into: their senders count as new once.
ALTER TABLE hold ADD COLUMN IF NOT EXISTS from_domain VARCHAR(253) DEFAULT '' NOT NULL;
CREATE INDEX IF NOT EXISTS hold_from_domain ON hold (from_domain);
