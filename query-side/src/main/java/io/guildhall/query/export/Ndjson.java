package io.guildhall.query.export;

import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.query.activity.ExportRecord;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Each line is {@code {"activity":…,"event":…,"leaf_hash":…}}: the activity as a search shows it, the event that it stands for as
 * it is stored, and what the trail's log has of that. The last line is {@code {"trailer":…}}. All of it can be verified offline.
 */
final class Ndjson extends JsonLines {

    Ndjson(OutputStream out) {
        super(out);
    }

    @Override
    public String extension() {
        return "ndjson";
    }

    @Override
    public void write(ExportRecord exportRecord) {
        json.writeStartObject();
        json.writeName("activity");
        writeActivity(exportRecord.activity());
        TrailEvent event = exportRecord.event();
        byte[] hash = exportRecord.leafHash();
        if (event != null && hash != null) {
            json.writeName("event");
            json.writeRawValue(event.json());
            json.writeStringProperty("leaf_hash", Base64.getEncoder().encodeToString(hash));
        }
        json.writeEndObject();
    }

    @Override
    public void end(ExportTrailer exportTrailer) {
        json.writeStartObject();
        json.writeName("trailer");
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
        json.writeStartObject();
        json.writeName("broken_off");
        json.writeStartObject();
        json.writeStringProperty("reason", reason);
        json.writeEndObject();
        json.writeEndObject();
        close();
    }
}
