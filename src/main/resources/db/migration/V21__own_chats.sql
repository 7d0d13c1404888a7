-- Channels of Teams have longer ids than those of Slack (docs/teams.md, "Daily digest").
ALTER TABLE told_day ALTER COLUMN channel SET DATA TYPE VARCHAR(300);

-- Who is asked in a chat of their own, and why that did not come to be (docs/approval.md, "Own chats"). Without an account
-- surface and channel are empty.
CREATE TABLE IF NOT EXISTS own_chat (
  case_id      VARCHAR(12)  NOT NULL REFERENCES case_file (id),
  stage_id     BIGINT       NOT NULL REFERENCES stage (id),
  person_id    VARCHAR(100) NOT NULL,
  person_name  VARCHAR(200) NOT NULL,
  surface      VARCHAR(16)  NOT NULL,
  channel      VARCHAR(200) NOT NULL,
  missing      VARCHAR(16),
  PRIMARY KEY (stage_id, person_id, surface)
);
CREATE INDEX IF NOT EXISTS own_chat_case ON own_chat (case_id);

-- When a chat was heard of last, that is forgotten when nobody writes in it any more; empty for places that are kept.
ALTER TABLE conversation ADD COLUMN IF NOT EXISTS heard_at TIMESTAMP WITH TIME ZONE;
UPDATE conversation SET heard_at = CURRENT_TIMESTAMP WHERE heard_at IS NULL AND external_id LIKE 'a:%';
