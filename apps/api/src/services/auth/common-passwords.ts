/**
 * Words, names, keyboard walks, sequences and years that the published lists of leaked passwords begin with,
 * and the words of a clinic: what is guessed first. In lower case, four characters or more; disguises such as
 * `p@ssw0rd` are undone before the comparison (NIST SP 800-63B section 3.1.1.2 asks for such a list).
 */
export const COMMON_PASSWORDS: readonly string[] = `
password passwort passw0rd passphrase passcode changeme changeit letmein letmeinnow welcome welcome1
default secret secret123 private public access admin administrator administrador root toor superuser
superman supervisor manager operator system sysadmin server service support helpdesk guest user username
testuser test testing tester temp temporary login logon signin master mustang monkey dragon shadow
sunshine princess football baseball basketball soccer hockey tennis golfer batman spiderman ironman
starwars startrek pokemon pikachu naruto minecraft fortnite nintendo playstation computer internet laptop
keyboard windows microsoft google facebook linkedin twitter instagram youtube amazon samsung iphone
android apple orange banana cherry strawberry chocolate cookie coffee pepper ginger butter cheese pizza
hamburger summer winter spring autumn fall season january february march april june july august september
october november december monday tuesday wednesday thursday friday saturday sunday weekend holiday
christmas easter halloween birthday iloveyou iloveu loveyou lovely loveme love lover forever friends
friend family mother father brother sister mommy daddy baby babygirl angel angels heaven jesus christ
blessed faith hope peace freedom liberty america american england london paris berlin newyork chicago
boston dallas denver houston phoenix seattle atlanta california texas florida canada mexico michael
michelle jennifer jessica ashley amanda nicole daniel andrew anthony joshua matthew christopher jordan
justin robert thomas george charlie charles william richard patrick maggie hannah samantha elizabeth
victoria natasha natalie taylor austin tigger buster bailey harley hunter ranger killer soldier marine
warrior knight wizard merlin gandalf cowboys yankees lakers eagles steelers packers patriots redsox
arsenal chelsea liverpool barcelona realmadrid juventus mercedes porsche ferrari corvette camaro toyota
honda yamaha kawasaki suzuki chevrolet purple yellow silver golden diamond crystal rainbow flower
butterfly sunflower garden nature ocean mountain river tiger tigers panther lion eagle falcon wolf wolves
bear dolphin turtle rabbit kitten kitty puppy horse music guitar piano drums metallica nirvana slipknot
eminem beatles elvis money dollar lucky winner casino poker business company office corporate enterprise
health healthcare hospital clinic clinical medical medicine doctor nurse nursing patient patients
physician surgery pharmacy therapy emergency hipaa medicare medicaid insurance records chart vault
trustno1 whatever nothing something anything everything nobody someone please thankyou hello hello123
goodbye qwerty qwertyui qwertyuiop qwerty123 qwertz qwertzui azerty azertyuiop asdf asdfgh asdfghjk
asdfghjkl zxcv zxcvbn zxcvbnm 1qaz2wsx 1qaz 2wsx 3edc 4rfv qazwsx qazwsxedc q1w2e3r4 q1w2e3r4t5 1q2w3e4r
1q2w3e4r5t zaq12wsx zaq1 xsw2 qweasd qweasdzxc qwe123 asd123 zxc123 abc123 abcd1234 abcd abcde abcdef
abcdefg abcdefgh abcdefghi abcdefghij abcdefghijkl a1b2c3 a1b2c3d4 aabbcc 1234 12345 123456 1234567
12345678 123456789 1234567890 0123456789 123123 123321 112233 11223344 121212 123654 159753 147258
147258369 987654321 87654321 7654321 654321 54321 4321 0987654321 098765 696969 666666 777777 888888
999999 555555 444444 333333 222222 111111 000000 0000 1111 2222 3333 4444 5555 6666 7777 8888 9999 101010
131313 232323 252525 314159 31415926 1980 1981 1982 1983 1984 1985 1986 1987 1988 1989 1990 1991 1992 1993
1994 1995 1996 1997 1998 1999 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014
2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 !@#$ !@#$% !@#$%^ !@#$%^&
!@#$%^&*
`
  .trim()
  .split(/\s+/)
