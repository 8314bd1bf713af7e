package io.guildhall.api.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.guildhall.infrastructure.outbox.mail.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The words of each kind of mail, from the files in {@code /mail}; all are read at start, so that a broken one is noticed there. */
@Component
class Templates {

    private static final String SUBJECT = "Subject: ";

    /** What could end a line, and with it a header, or change the direction of the text around it. */
    private static final Pattern NOT_IN_A_LINE =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    private record Pair(Template plain, Template html) {}

    private final Map<MailKind, Pair> templates = new EnumMap<>(MailKind.class);

    Templates() {
        Mustache.Compiler compiler =
                Mustache.compiler().emptyStringIsFalse(true).withLoader(name -> reader(name + ".html.mustache"));
        for (MailKind kind : MailKind.values()) {
            templates.put(
                    kind,
                    new Pair(
                            compile(compiler.escapeHTML(false), kind.slug() + ".txt.mustache"),
                            compile(compiler.escapeHTML(true), kind.slug() + ".html.mustache")));
        }
    }

    /** @param words of the template; of those that people chose, each is put into one line */
    MailContent render(MailKind kind, String address, Map<String, Object> words) {
        Pair pair = templates.get(kind);
        if (pair == null) {
            throw new IllegalStateException("No template for " + kind);
        }
        Map<String, Object> lines = new HashMap<>(words);
        lines.replaceAll((key, word) -> word instanceof String text ? oneLine(text) : word);
        String plain = pair.plain().execute(lines);
        int end = plain.indexOf('\n');
        String subject = plain.substring(SUBJECT.length(), end);
        lines.put("subject", subject);
        return new MailContent(
                address,
                subject,
                plain.substring(end).strip() + "\n",
                pair.html().execute(lines));
    }

    private static String oneLine(String text) {
        return NOT_IN_A_LINE.matcher(text).replaceAll(" ").strip();
    }

    private static Template compile(Mustache.Compiler compiler, String file) {
        try (Reader reader = reader(file)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Reader reader(String file) {
        InputStream stream = Templates.class.getResourceAsStream("/mail/" + file);
        if (stream == null) {
            throw new IllegalStateException("There is no template " + file);
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
