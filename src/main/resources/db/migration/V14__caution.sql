-- What whoever decides must know as long as a message is held, for example that it may have been
-- delivered already. Unlike trouble it outlives what happens to the case meanwhile.
ALTER TABLE case_file ADD COLUMN IF NOT EXISTS caution TEXT DEFAULT '' NOT NULL;
