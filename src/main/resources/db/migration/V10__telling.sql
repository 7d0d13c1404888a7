-- The intent to tell, written before the call (docs/slack.md, "Daily digest" and "Rate limits").
-- When somebody began to tell the day; empty for days that were told before.
ALTER TABLE told_day ADD COLUMN IF NOT EXISTS begun TIMESTAMP WITH TIME ZONE;
-- What an earlier release wrote down was told.
ALTER TABLE told_day ADD COLUMN IF NOT EXISTS done BOOLEAN DEFAULT TRUE NOT NULL;
-- Which reminder was the last one at a card.
ALTER TABLE card ADD COLUMN IF NOT EXISTS reminded VARCHAR(40) DEFAULT '' NOT NULL;
