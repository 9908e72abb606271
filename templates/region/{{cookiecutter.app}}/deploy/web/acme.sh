#!/bin/sh
# Dijalankan certbot setelah sertifikat diperbarui: menaruhnya di tempat nginx, lalu nginx membacanya.
set -eu
umask 077
[ "${RENEWED_LINEAGE##*/}" = kit ] || exit 0
cd /etc/kit/tls
cp "$RENEWED_LINEAGE/fullchain.pem" .site.crt.new
cp "$RENEWED_LINEAGE/privkey.pem" .site.key.new
mv .site.key.new site.key
mv .site.crt.new site.crt
nginx -t -q
systemctl reload nginx.service
