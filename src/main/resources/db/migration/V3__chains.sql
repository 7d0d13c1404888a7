-- Chains of stages (docs/approval.md). Stages of before were the only one of their chain.
ALTER TABLE stage ADD COLUMN chain VARCHAR(80) DEFAULT '' NOT NULL;
ALTER TABLE stage ADD COLUMN round INT DEFAULT 1 NOT NULL;
ALTER TABLE stage ADD COLUMN asked TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE stage ADD COLUMN on_discard VARCHAR(16) DEFAULT 'STOP' NOT NULL;
ALTER TABLE stage ADD COLUMN on_timeout VARCHAR(16) DEFAULT 'EXPIRE' NOT NULL;
ALTER TABLE stage ADD COLUMN on_release VARCHAR(16) DEFAULT 'DECIDE' NOT NULL;
UPDATE stage SET asked = approvers;

-- A vote that was taken back stays: its person has spent the token.
ALTER TABLE vote ADD COLUMN withdrawn BOOLEAN DEFAULT FALSE NOT NULL;

CREATE INDEX token_stage ON token (stage_id);
CREATE INDEX effect_case ON effect (case_id);
