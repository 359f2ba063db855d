"""OpenStack Swift (Debian's python3-swift) with its S3 API on loopback, all its servers in this process: it checks AWS Signature V4
and keeps objects in a folder that must be on a file system with extended attributes.
usage: /usr/bin/python3 s3-server.py PORT DATA_FOLDER SECRET_KEY; the access key is lab:export, a bucket's own host BUCKET.s3.localhost,
and whoever has the key may make buckets. Prints "Ready"."""
import os
import socket
import sys

import eventlet
from eventlet import wsgi
from swift.common import utils
from swift.common.http_protocol import SwiftHttpProtocol
from swift.common.ring.builder import RingBuilder
from swift.common.storage_policy import reload_storage_policies
from swift.common.wsgi import loadapp
from swift.obj import server  # noqa: F401 (it runs a program when it is imported, which it cannot once sockets are green)

eventlet.patcher.monkey_patch(all=False, socket=True, select=True, thread=True)
port, folder, secret = int(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]

PROXY = f"""
[pipeline:main]
pipeline = catch_errors gatekeeper cache bulk s3api tempauth slo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
storage_domain = s3.localhost
[filter:tempauth]
use = egg:swift#tempauth
user_lab_export = {secret} .admin
[filter:slo]
use = egg:swift#slo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def listen(at):
    listener = socket.socket()
    listener.bind(('127.0.0.1', at))
    listener.listen(128)
    return listener


def serve(name, listener, text):
    common = f'[DEFAULT]\nswift_dir = {folder}\ndevices = {folder}\nmount_check = false\n'
    app = loadapp(write(f'{name}-server.conf', common + text))
    eventlet.spawn(wsgi.server, listener, app, utils.NullLogger(), protocol=SwiftHttpProtocol, capitalize_response_headers=False)


os.makedirs(os.path.join(folder, 'disk'), exist_ok=True)
write('swift.conf', '[swift-hash]\nswift_hash_path_suffix = tests\n')
utils.set_swift_dir(folder)
reload_storage_policies()
for kind in ('account', 'container', 'object'):
    listener = listen(0)
    builder = RingBuilder(1, 1, 0)
    builder.add_dev({'region': 1, 'zone': 1, 'weight': 1, 'ip': '127.0.0.1', 'port': listener.getsockname()[1], 'device': 'disk'})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, f'{kind}.ring.gz'))
    serve(kind, listener, f'[pipeline:main]\npipeline = {kind}-server\n[app:{kind}-server]\nuse = egg:swift#{kind}\n')

serve('proxy', listen(port), PROXY)
print('Ready', flush=True)
eventlet.event.Event().wait()
