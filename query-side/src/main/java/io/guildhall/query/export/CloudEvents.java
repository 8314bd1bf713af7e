package io.guildhall.query.export;

import io.guildhall.query.activity.ExportRecord;
import io.guildhall.query.activity.ExportedActivity;
import java.io.OutputStream;
import java.util.UUID;

/** CloudEvents 1.0 in structured mode, one a line. The last one has the type {@value #CHECKPOINT}. */
final class CloudEvents extends JsonLines {

    private static final String TYPE = "io.guildhall.";
    private static final String CHECKPOINT = TYPE + "trail.checkpoint";
    private static final String BROKEN_OFF = TYPE + "trail.broken_off";

    private final String source;

    /** @param source the organization, as a URL */
    CloudEvents(OutputStream out, String source) {
        super(out);
        this.source = source;
    }

    @Override
    public String extension() {
        return "cloudevents.ndjson";
    }

    @Override
    public void write(ExportRecord exportRecord) {
        ExportedActivity activity = exportRecord.activity();
        begin(activity.id().toString(), TYPE + activity.objectType() + "." + activity.verb());
        json.writeStringProperty("subject", activity.object().toString());
        json.writeStringProperty("time", text(activity.at()));
        // Of the extension "sequence": greater is later, as text.
        json.writeStringProperty("sequence", "%019d".formatted(activity.sequence()));
        json.writeName("data");
        writeActivity(activity);
        json.writeEndObject();
    }

    @Override
    public void end(ExportTrailer exportTrailer) {
        begin(UUID.randomUUID().toString(), CHECKPOINT);
        json.writeStringProperty("time", text(exportTrailer.at()));
        json.writeName("data");
        json.writeStartObject();
        json.writeNumberProperty("count", exportTrailer.count());
        json.writeNumberProperty("after", exportTrailer.after());
        json.writeBooleanProperty("filtered", exportTrailer.filtered());
        json.writeStringProperty("checkpoint", exportTrailer.checkpoint());
        json.writeEndObject();
        json.writeEndObject();
        close();
    }

    @Override
    public void breakOff(String reason) {
        begin(UUID.randomUUID().toString(), BROKEN_OFF);
        json.writeName("data");
        json.writeStartObject();
        json.writeStringProperty("reason", reason);
        json.writeEndObject();
        json.writeEndObject();
        close();
    }

    private void begin(String id, String type) {
        json.writeStartObject();
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", id);
        json.writeStringProperty("source", source);
        json.writeStringProperty("type", type);
        json.writeStringProperty("datacontenttype", "application/json");
    }
}
