"""What a release holds and how it is kept: folder, manifest, store, search index."""
