import type { Database } from 'better-sqlite3';
import type { ReceiptLog } from '../app/ports/receiptLog.ts';

/** Why each reply was written from what it was. A receipt names memories and holds no word of the story. */
export function receiptLog(db: Database): ReceiptLog {
  const put = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO receipts (node, chat, receipt) VALUES (?, ?, ?)',
  );
  const find = db.prepare<[string], string>('SELECT receipt FROM receipts WHERE node = ?').pluck();
  return {
    put: (chat, node, receipt) => void put.run(node, chat, JSON.stringify(receipt)),
    of: (node) => {
      const receipt = find.get(node);
      return receipt === undefined ? null : JSON.parse(receipt);
    },
  };
}
