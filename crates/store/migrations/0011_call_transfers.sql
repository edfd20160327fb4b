-- How a call was part of a transfer: 'to' or 'by', and whom. NULL: it was not.

ALTER TABLE calls ADD COLUMN transfer TEXT;
ALTER TABLE calls ADD COLUMN transfer_number TEXT;
ALTER TABLE calls ADD COLUMN transfer_name TEXT;
