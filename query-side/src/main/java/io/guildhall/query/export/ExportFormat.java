package io.guildhall.query.export;

import io.guildhall.query.activity.ExportRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;

/** A way to write a trail down, line by line. Nothing is kept, so a trail can be of any length. */
public interface ExportFormat {

    /** Of which an export can be verified. */
    String NDJSON = "ndjson";

    String NAMES = NDJSON + ", csv, cloudevents, ocsf";

    /**
     * @param name one of {@link #NAMES}
     * @param service where the outside world reaches this service
     */
    static ExportFormat of(String name, UUID organization, OutputStream out, URI service, Clock clock) {
        return switch (name) {
            case NDJSON -> new Ndjson(out);
            case "csv" -> new Csv(out, organization);
            case "cloudevents" -> new CloudEvents(out, service + "/v1/organizations/" + organization);
            case "ocsf" -> new Ocsf(out, organization, clock);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Of the whole, as a media type. */
    String contentType();

    /** Of a file's name. */
    String extension();

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
