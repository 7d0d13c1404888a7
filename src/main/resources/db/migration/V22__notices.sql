-- Which notices of delivery the sender of a held message wants (RFC 3461), so that a release asks the next hop for them
-- (docs/smtp.md, "Notices of delivery"). JSON; empty where nothing was said.
ALTER TABLE hold ADD COLUMN IF NOT EXISTS dsn TEXT DEFAULT '' NOT NULL;
