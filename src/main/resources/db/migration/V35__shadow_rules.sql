-- Rules in shadow, each since it says what it says now (docs/policy.md, "In shadow").
CREATE TABLE IF NOT EXISTS shadow_rule (
  rule_        VARCHAR(40)  PRIMARY KEY,
  meaning      VARCHAR(64)  NOT NULL,
  since        TIMESTAMP WITH TIME ZONE NOT NULL,
  told         VARCHAR(10)
);

-- What they would have settled of the mail of a day that has no case, since another rule passed or refused it at once.
CREATE TABLE IF NOT EXISTS shadow_day (
  rule_        VARCHAR(40)  NOT NULL,
  day_         DATE         NOT NULL,
  passed       INT          NOT NULL,
  refused      INT          NOT NULL,
  PRIMARY KEY (rule_, day_)
);
