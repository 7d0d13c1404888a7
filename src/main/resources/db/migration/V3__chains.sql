-- Chains of stages (docs/approval.md). Stages of before were the only one of their chain.
ALTER TABLE stage ADD COLUMN IF NOT EXISTS chain VARCHAR(80) DEFAULT '' NOT NULL;
ALTER TABLE stage ADD COLUMN IF NOT EXISTS round INT DEFAULT 1 NOT NULL;
ALTER TABLE stage ADD COLUMN IF NOT EXISTS asked TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE stage ADD COLUMN IF NOT EXISTS on_discard VARCHAR(16) DEFAULT 'STOP' NOT NULL;
ALTER TABLE stage ADD COLUMN IF NOT EXISTS on_timeout VARCHAR(16) DEFAULT 'EXPIRE' NOT NULL;
ALTER TABLE stage ADD COLUMN IF NOT EXISTS on_release VARCHAR(16) DEFAULT 'DECIDE' NOT NULL;
UPDATE stage SET asked = approvers;

-- A vote that was taken back stays: its person has spent the token.
ALTER TABLE vote ADD COLUMN IF NOT EXISTS withdrawn BOOLEAN DEFAULT FALSE NOT NULL;

CREATE INDEX IF NOT EXISTS token_stage ON token (stage_id);
CREATE INDEX IF NOT EXISTS effect_case ON effect (case_id);
