package io.guildhall.api.export;

import java.io.IOException;

/** A way to write a trail down, line by line. Nothing is kept, so a trail can be of any length. */
interface ExportFormat {

    /** Of the whole, as a media type. */
    String contentType();

    /** Of a file's name. */
    String extension();

    /** Whether lines are to have their events and hashes. */
    default boolean proves() {
        return false;
    }

    /** Before the first line of the whole, so not where an export is resumed. */
    default void begin() throws IOException {}

    void write(ExportRecord exportRecord) throws IOException;

    /** The last line of an export that is complete. */
    void end(ExportTrailer exportTrailer) throws IOException;

    /** The last line of one that is not. */
    void breakOff(String reason) throws IOException;

    /** Hands on what was written. */
    void flush() throws IOException;
}
