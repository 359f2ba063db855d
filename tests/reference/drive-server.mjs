// npm's google-drive-mock on loopback, for callers with an access token of npm's emulate.
// usage: node drive-server.mjs TOOLS_FOLDER PORT
import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

const [tools, port] = process.argv.slice(2);
const require = createRequire(path.resolve(tools, 'package.json'));
const express = require('express');
const { createApp } = require('google-drive-mock');
const door = express();

// The mock takes one token for everybody, and emulate vouches for any: so its form has to do.
door.use((request, _, next) => {
  const isIssued = request.headers.authorization?.startsWith('Bearer google_');
  request.headers.authorization = isIssued ? 'Bearer valid-token' : 'Bearer unknown';
  next();
});

// Neither of the two gives ids out; the mock does take them.
door.get('/drive/v3/files/generateIds', (request, response) => {
  const ids = Array.from({ length: Number(request.query.count) }, () => randomBytes(24).toString('base64url'));
  response.json({ kind: 'drive#generatedIds', space: 'drive', ids });
});
door.use(createApp());
door.listen(Number(port), '127.0.0.1', () => console.log('Ready'));
