package io.guildhall.api.export;

import java.io.IOException;

/** A way to write a trail down, line by line. Nothing is kept, so a trail can be of any length. */
interface TrailFormat {

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

    void write(Line line) throws IOException;

    /** The last line of an export that is complete. */
    void end(Ending ending) throws IOException;

    /** The last line of one that is not. */
    void breakOff(String reason) throws IOException;

    /** Hands on what was written. */
    void flush() throws IOException;
}
