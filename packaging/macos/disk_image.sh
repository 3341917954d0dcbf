#!/usr/bin/env bash
# Signs the bundle, packs it into a disk image and has Apple notarise that.
#
# usage: disk_image.sh "Cancel Desk.app" cancel-desk.dmg
#
# The environment says with what; without APPLE_IDENTITY nothing is signed, and without
# APPLE_NOTARY_KEY nothing is notarised, and each is said:
#   APPLE_IDENTITY          the name of a "Developer ID Application" certificate in the keychain
#   APPLE_NOTARY_KEY        the path of a key of App Store Connect (.p8)
#   APPLE_NOTARY_KEY_ID     its id
#   APPLE_NOTARY_ISSUER     the id of who issued it
set -euo pipefail

bundle=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
identity=${APPLE_IDENTITY:-}
notary_key=${APPLE_NOTARY_KEY:-}

sign() {
    codesign --force --timestamp --options runtime --sign "$identity" "$@"
}

if [ -n "$identity" ]; then
    # From the inside out: a signature covers those of what is within. Frameworks are folders that
    # are signed as one, which the last call does with them.
    find "$bundle/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm -u+x \) -print0 |
        while IFS= read -r -d '' file; do
            if file -b "$file" | grep -q Mach-O; then
                sign --entitlements "$here/entitlements.plist" "$file"
            fi
        done
    sign --deep --entitlements "$here/entitlements.plist" "$bundle"
    codesign --verify --deep --strict "$bundle"
else
    echo "Not signed: APPLE_IDENTITY is not set."
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ditto "$bundle" "$folder/Cancel Desk.app"
ln -s /Applications "$folder/Applications"
# What indexes new files can keep the image busy for a moment, which hdiutil takes for a failure.
for seconds in 5 10 20 40 0; do
    rm -f "$image"
    if hdiutil create -quiet -volname "Cancel Desk" -srcfolder "$folder" -format UDZO "$image"; then
        break
    elif [ "$seconds" -eq 0 ]; then
        exit 1
    fi
    sleep "$seconds"
done

if [ -z "$identity" ]; then
    exit 0
fi
codesign --timestamp --sign "$identity" "$image"
if [ -n "$notary_key" ]; then
    xcrun notarytool submit "$image" --wait --key "$notary_key" \
        --key-id "$APPLE_NOTARY_KEY_ID" --issuer "$APPLE_NOTARY_ISSUER"
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
else
    echo "Not notarised: APPLE_NOTARY_KEY is not set."
fi
