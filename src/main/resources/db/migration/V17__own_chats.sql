-- Channels of Teams have longer ids than those of Slack (docs/teams.md, "Daily digest").
ALTER TABLE told_day ALTER COLUMN channel SET DATA TYPE VARCHAR(300);
