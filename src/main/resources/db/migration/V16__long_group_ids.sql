-- Ids of teams and chats are longer than those of user groups in Slack.
ALTER TABLE group_reading ALTER COLUMN group_id SET DATA TYPE VARCHAR(300);
