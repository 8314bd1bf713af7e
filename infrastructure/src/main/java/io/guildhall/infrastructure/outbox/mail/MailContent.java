package io.guildhall.infrastructure.outbox.mail;

/** A mail as its recipient reads it. */
public record MailContent(String address, String subject, String plain, String html) {}
