-- What is to be done stands in the rows themselves, with the time from which it may be tried; the
-- rows of db-scheduler only wake up (docs/decisions/050-waits-stand-in-rows.md).
ALTER TABLE effect ADD COLUMN IF NOT EXISTS due TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
CREATE INDEX IF NOT EXISTS effect_due ON effect (state, due);

ALTER TABLE inbox ADD COLUMN IF NOT EXISTS judged BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE inbox SET judged = TRUE WHERE answer IS NOT NULL;
CREATE INDEX IF NOT EXISTS inbox_unjudged ON inbox (judged, received_at);

CREATE INDEX IF NOT EXISTS stage_closing ON stage (state, closes);

-- A card has a due time exactly while it shows less than the truth. Whoever brings it takes a
-- turn, which is written down before the platform is called.
ALTER TABLE card ADD COLUMN IF NOT EXISTS due TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN IF NOT EXISTS turn BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE card ADD COLUMN IF NOT EXISTS turn_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN IF NOT EXISTS doubted_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN IF NOT EXISTS misses INT DEFAULT 0 NOT NULL;
UPDATE card SET due = CURRENT_TIMESTAMP WHERE applied < desired;
CREATE INDEX IF NOT EXISTS card_due ON card (due);
