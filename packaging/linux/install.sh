#!/bin/sh
# Run by the self-extracting file: puts Photosort into the user's own folders. Your photos and library are not touched.
#   ./photosort.run                  installs        ./photosort.run -- --remove     takes the program away again
set -eu
prefix="${PHOTOSORT_PREFIX:-$HOME/.local}"
place="$prefix/lib/photosort"

remove() {
    rm -rf "$place"
    rm -f "$prefix/bin/photosort" "$prefix/bin/photosort-window"
    rm -f "$prefix/share/applications/photosort.desktop"
    rm -f "$prefix/share/metainfo/org.photosort.photosort.metainfo.xml"
    rm -f "$prefix/share/man/man1/photosort.1.gz" "$prefix/share/man/man1/photosort-window.1.gz"
    rm -f "$prefix/share/bash-completion/completions/photosort"
    rm -f "$prefix/share/zsh/vendor-completions/_photosort"
    rm -f "$prefix/share/fish/vendor_completions.d/photosort.fish"
    find "$prefix/share/icons/hicolor" \( -name photosort.png -o -name photosort.svg \) -delete 2>/dev/null || true
}

if [ "${1:-}" = "--remove" ]; then
    remove
    echo "Photosort is gone; its library of tags and thumbnails stayed."
    exit 0
fi

remove
mkdir -p "$prefix/bin" "$prefix/lib" "$prefix/share"
mv photosort "$place"
cp -a desktop/share/. "$prefix/share/"
# A menu entry must find the program even where ~/.local/bin is on no path.
sed -i "s|^Exec=photosort-window|Exec=\"$place/photosort-window\"|" "$prefix/share/applications/photosort.desktop"
ln -sf "$place/photosort" "$prefix/bin/photosort"
ln -sf "$place/photosort-window" "$prefix/bin/photosort-window"
update-desktop-database "$prefix/share/applications" 2>/dev/null || true
echo "Photosort is installed: open it from the menu, or run $prefix/bin/photosort-window"
