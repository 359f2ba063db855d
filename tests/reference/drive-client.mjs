// Makes the requests of Google's own Drive client against the address given, for the test that compares ours with them.
// usage: node drive-client.mjs ADDRESS FOLDER_ID, with NODE_PATH or the working directory leading to @googleapis/drive
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const { auth, drive } = require('@googleapis/drive');

const [rootUrl, folder] = process.argv.slice(2);
const credentials = new auth.OAuth2();
credentials.setCredentials({ access_token: 'reference' });
const client = drive({ version: 'v3', auth: credentials, retry: false });
const options = { rootUrl };
const fields = 'id,name,size,md5Checksum,sha256Checksum,webViewLink,trashed,appProperties';
const appProperties = { nexus_session: '204', nexus_sha256: '0'.repeat(64) };
const media = { mimeType: 'application/xml', body: '<a/>' };
const id = 'reference-id';

await client.files.generateIds({ count: 100, space: 'drive', type: 'files' }, options);
await client.files.create({
  requestBody: { id, name: 'a.xml', mimeType: 'application/xml', parents: [folder], appProperties },
  media, fields, supportsAllDrives: true,
}, options);
await client.files.update({ fileId: id, requestBody: { mimeType: 'application/xml', appProperties }, media, fields, supportsAllDrives: true }, options);
await client.files.list({
  q: "name = 'a.xml'", spaces: 'drive', corpora: 'user', supportsAllDrives: true, includeItemsFromAllDrives: true,
  orderBy: 'modifiedTime desc', pageSize: 100, fields: `nextPageToken,files(${fields})`,
}, options);
await client.files.get({ fileId: id, fields, supportsAllDrives: true }, options);
await client.files.get({ fileId: id, alt: 'media', supportsAllDrives: true }, options);
await client.files.update({ fileId: id, requestBody: { trashed: true }, fields: 'id', supportsAllDrives: true }, options);
await client.about.get({ fields: 'user(emailAddress),storageQuota(limit,usage)' }, options);
