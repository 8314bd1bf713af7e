package io.guildhall.cli.operator;

/** A call of the operator routes has failed. The message is a sentence for the operator. */
final class OperatorClientException extends RuntimeException {

    OperatorClientException(String sentence) {
        super(sentence, null, false, false);
    }
}
