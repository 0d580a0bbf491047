-- One indexed scope column: filtering by owner comes before ranking, and costs nothing that could be measured.
CREATE VIRTUAL TABLE memory_index USING fts5(scope, text, tokenize = 'porter unicode61');
