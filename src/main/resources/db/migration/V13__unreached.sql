-- Why a recipient could not be asked (docs/approval.md, "Witnesses"), and when that was found.
ALTER TABLE witness ADD COLUMN IF NOT EXISTS unreached VARCHAR(16);
ALTER TABLE witness ADD COLUMN IF NOT EXISTS unreached_at TIMESTAMP WITH TIME ZONE;
