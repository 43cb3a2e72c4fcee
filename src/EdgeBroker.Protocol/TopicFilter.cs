namespace EdgeBroker.Protocol
{
    /// <summary>Checks Topic Filters and matches Topic Names against them.</summary>
    public static class TopicFilter
    {
        // "$share/"
        private const int SharePrefixLength = 7;

        /// <summary>
        /// Tells whether the bytes are a Topic Filter: not empty [MQTT-4.7.3-1], [MQTT5-4.7.3-1], valid UTF-8 without U+0000
        /// [MQTT-4.7.3-2], [MQTT5-4.7.3-2] and control characters, each wildcard a level of its own [MQTT-4.7.1-3],
        /// [MQTT5-4.7.1-2] and # the last
        /// [MQTT-4.7.1-2], [MQTT5-4.7.1-1]. One that begins with $share/ must go on with a ShareName that is not empty and has no
        /// wildcard, a / and a Topic Filter [MQTT5-4.8.2-1], [MQTT5-4.8.2-2].
        /// </summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">The first byte of the filter.</param>
        /// <param name="length">Its length in bytes, up to 65,535.</param>
        /// <returns>True if it is valid.</returns>
        public static bool IsValid(byte[] buffer, int offset, int length)
        {
            if (!Utf8.IsValid(buffer, offset, length) || Utf8.HasControl(buffer, offset, length))
            {
                return false;
            }

            if (HasSharePrefix(buffer, offset, length))
            {
                int nameLength = ShareNameLength(buffer, offset, length);
                if (nameLength == 0)
                {
                    return false;
                }

                offset += SharePrefixLength + nameLength + 1;
                length -= SharePrefixLength + nameLength + 1;
            }

            return length > 0 && AreWildcardsValid(buffer, offset, length);
        }

        /// <summary>Tells whether a valid filter has a wildcard.</summary>
        public static bool HasWildcard(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            for (int index = offset; index < end; index++)
            {
                int character = buffer[index];
                if (character == '+' || character == '#')
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The length of "$share/{ShareName}/" before the filter proper; 0 if it is not a shared one.</summary>
        public static int ShareLength(byte[] buffer, int offset, int length)
        {
            int name = ShareNameLength(buffer, offset, length);
            return name == 0 ? 0 : SharePrefixLength + name + 1;
        }

        /// <summary>Finds the ShareName of a shared subscription's filter, $share/{ShareName}/{filter}.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">The first byte of the filter.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>
        /// The length of the ShareName in bytes, which begins at <paramref name="offset"/> + 7 and is followed by a / and the filter
        /// proper; 0 if it is not the filter of a shared subscription.
        /// </returns>
        public static int ShareNameLength(byte[] buffer, int offset, int length)
        {
            if (!HasSharePrefix(buffer, offset, length))
            {
                return 0;
            }

            int start = offset + SharePrefixLength;
            int end = offset + length;
            for (int index = start; index < end; index++)
            {
                int character = buffer[index];
                if (character == '/')
                {
                    return index - start;
                }

                if (character == '+' || character == '#')
                {
                    return 0;
                }
            }

            return 0;
        }

        /// <summary>
        /// Matches a valid Topic Name against a valid Topic Filter, byte by byte and without any normalisation [MQTT-4.7.3-4],
        /// [MQTT5-4.7.3-4]. The filter of a shared subscription is to be given without $share/{ShareName}/.
        /// </summary>
        /// <param name="filter">Holds the filter.</param>
        /// <param name="filterOffset">Its first byte.</param>
        /// <param name="filterLength">Its length in bytes.</param>
        /// <param name="topic">Holds the Topic Name.</param>
        /// <param name="topicOffset">Its first byte.</param>
        /// <param name="topicLength">Its length in bytes.</param>
        /// <returns>True if the name matches.</returns>
        public static bool Matches(byte[] filter, int filterOffset, int filterLength, byte[] topic, int topicOffset, int topicLength)
        {
            int filterEnd = filterOffset + filterLength;
            int topicEnd = topicOffset + topicLength;
            if (filterLength > 0 && topicLength > 0 && topic[topicOffset] == '$' &&
                (filter[filterOffset] == '+' || filter[filterOffset] == '#'))
            {
                // Names that begin with $ are the Server's own: only a filter that spells it finds them [MQTT-4.7.2-1], [MQTT5-4.7.2-1].
                return false;
            }

            while (filterOffset < filterEnd)
            {
                int character = filter[filterOffset];
                if (character == '#')
                {
                    return true;
                }

                if (character == '+')
                {
                    while (topicOffset < topicEnd && topic[topicOffset] != '/')
                    {
                        topicOffset++;
                    }
                }
                else if (topicOffset == topicEnd)
                {
                    // "a/#" matches its parent level "a" as well.
                    return character == '/' && filterOffset + 2 == filterEnd && filter[filterOffset + 1] == '#';
                }
                else if (topic[topicOffset++] != character)
                {
                    return false;
                }

                filterOffset++;
            }

            return topicOffset == topicEnd;
        }

        private static bool HasSharePrefix(byte[] buffer, int offset, int length)
        {
            return length >= SharePrefixLength && buffer[offset] == '$' && buffer[offset + 1] == 's' && buffer[offset + 2] == 'h' &&
                buffer[offset + 3] == 'a' && buffer[offset + 4] == 'r' && buffer[offset + 5] == 'e' && buffer[offset + 6] == '/';
        }

        private static bool AreWildcardsValid(byte[] buffer, int offset, int length)
        {
            int last = offset + length - 1;
            for (int index = offset; index <= last; index++)
            {
                int character = buffer[index];
                if (character != '+' && character != '#')
                {
                    continue;
                }

                if (index > offset && buffer[index - 1] != '/')
                {
                    return false;
                }

                if (index < last && (character == '#' || buffer[index + 1] != '/'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
