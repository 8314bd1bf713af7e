package io.guildhall.query.export;

import io.guildhall.query.activity.ExportRecord;
import io.guildhall.query.activity.ExportedActivity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 with a header. The last row has no sequence number, the verb {@code exported}, and count and checkpoint as its
 * metadata. A cell that a spreadsheet could take for a formula starts with an apostrophe (OWASP, CSV injection).
 */
final class Csv implements ExportFormat {

    private static final String HEADER =
            "sequence,id,created_at,actor_type,actor_id,actor_name,event,verb,object_type,object_id,object_name,object_deleted,"
                    + "token_id,request_id,metadata\r\n";

    /**
     * The start of a cell that a spreadsheet may execute: an operator, also a full-width or small form, after any characters that are not
     * visible, which programs skip.
     */
    private static final Pattern FORMULA = Pattern.compile(
            "^(?:[\\p{C}\\p{Z}\\p{M}\\s\u115F\u1160\u2800\u3164\uFFA0]*[=+\\-@\u2212\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B]|[\\t\\r\\n])");

    private static final int BUFFER = 1 << 16;

    private final UUID organization;
    private final Writer out;
    private final StringBuilder row = new StringBuilder();

    Csv(OutputStream out, UUID organization) {
        this.organization = organization;
        this.out = new java.io.BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }

    @Override
    public String contentType() {
        return "text/csv;charset=UTF-8;header=present";
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public void begin() throws IOException {
        out.write(HEADER);
    }

    @Override
    public void write(ExportRecord exportRecord) throws IOException {
        ExportedActivity activity = exportRecord.activity();
        write(
                Long.toString(activity.sequence()),
                activity.id().toString(),
                JsonLines.text(activity.at()),
                activity.actorType(),
                activity.actorId(),
                activity.actorName(),
                activity.event(),
                activity.verb(),
                activity.objectType(),
                activity.object().toString(),
                activity.objectName(),
                Boolean.toString(activity.objectDeleted()),
                activity.token() == null ? null : activity.token().toString(),
                activity.request(),
                activity.facts());
    }

    @Override
    public void end(ExportTrailer exportTrailer) throws IOException {
        String checkpoint = exportTrailer.checkpoint().replace("\n", "\\n");
        last(
                "exported",
                JsonLines.text(exportTrailer.at()),
                "{\"count\":%d,\"after\":%d,\"filtered\":%b,\"checkpoint\":\"%s\"}"
                        .formatted(exportTrailer.count(), exportTrailer.after(), exportTrailer.filtered(), checkpoint));
    }

    @Override
    public void breakOff(String reason) throws IOException {
        last("broken_off", null, reason);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void last(String verb, @Nullable String at, String metadata) throws IOException {
        write(
                null,
                null,
                at,
                null,
                null,
                null,
                null,
                verb,
                "trail",
                organization.toString(),
                null,
                null,
                null,
                null,
                metadata);
        out.flush();
    }

    private void write(@Nullable String... cells) throws IOException {
        row.setLength(0);
        for (String cell : cells) {
            if (cell != null) {
                add(cell);
            }
            row.append(',');
        }
        row.setLength(row.length() - 1);
        out.append(row).append("\r\n");
    }

    private void add(String cell) {
        boolean formula = isFormula(cell);
        boolean quoted = formula || needsQuotes(cell);
        if (!quoted) {
            row.append(cell);
            return;
        }
        row.append('"');
        if (formula) {
            row.append('\'');
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"') {
                row.append('"');
            }
            row.append(c);
        }
        row.append('"');
    }

    static boolean isFormula(String cell) {
        return FORMULA.matcher(cell).find();
    }

    private static boolean needsQuotes(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"' || c == ',' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
