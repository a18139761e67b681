// The one source of a library that stands for its precompiled headers.
