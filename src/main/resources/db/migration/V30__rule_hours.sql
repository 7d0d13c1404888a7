-- How often a rule with a limit acted in an hour (docs/policy.md, "limit").
CREATE TABLE IF NOT EXISTS rule_hour (
  rule_        VARCHAR(40)  NOT NULL,
  hour_        TIMESTAMP WITH TIME ZONE NOT NULL,
  taken        INT          NOT NULL,
  PRIMARY KEY (rule_, hour_)
);
