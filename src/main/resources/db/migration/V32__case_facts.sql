-- What rules saw of a case and what became of it, in octets that are read fast (docs/policy.md, "Try it on the past"). Made
-- from the other rows when somebody replays cases that ended, and made again where the case changed since: its version is
-- another one then. A copy: nothing is lost with it.
CREATE TABLE IF NOT EXISTS case_facts (
  case_id      VARCHAR(12)  PRIMARY KEY REFERENCES case_file (id),
  version      BIGINT       NOT NULL,
  facts        ${data}      NOT NULL
);
